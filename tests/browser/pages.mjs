// 要检查的页面。  The pages to look at.
//
// name: of the tests and the pictures · path: below BASE_URL, as a reader would type it · status: where it is not 200
// checks: what only this page must do, { 'a sentence': async (page) => … }, run at 1280 px in light colours.

const held = 'work/num/津丽知略/2021/1'; // 天津市东丽区强化知识产权保护推进计划, one of data/documents
const cited = 'work/num/国知发运字/2022/47'; // cited there, its text not held

export const pages = [
  { name: 'start', path: '/' },
  { name: 'search', path: '/search?q=知识产权' },
  { name: 'search-empty', path: '/search?q=没有这样的文件' },
  { name: 'document', path: `/doc/${held}` },
  { name: 'document-cited', path: `/doc/${cited}` },
  { name: 'lineage', path: `/lineage/${cited}` },
  { name: 'ontology', path: '/ontology' },
  { name: 'not-found', path: '/没有这样的页面', status: 404 },
];
